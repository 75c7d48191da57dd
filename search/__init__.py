"""Which answer fits: how text is cut, indexed, ranked and measured."""
