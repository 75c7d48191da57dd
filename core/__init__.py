"""What all rooms share: settings, errors, clock."""
