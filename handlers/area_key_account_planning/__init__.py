"""The steps of 3.3.1 Key Account Planning & Management, one file each."""
