"""What the steps of several processes share."""
