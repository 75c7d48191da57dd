"""What anybody may call: the public API and the static site of the live release."""
