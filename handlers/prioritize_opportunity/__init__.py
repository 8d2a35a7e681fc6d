"""The steps of 3.3.3.4.3 Prioritize Opportunity, one file each."""
