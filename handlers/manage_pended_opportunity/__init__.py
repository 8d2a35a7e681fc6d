"""The steps of Manage Pended Opportunity, one file each."""
