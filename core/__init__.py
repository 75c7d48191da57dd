"""What all rooms share: settings, errors, logs."""
