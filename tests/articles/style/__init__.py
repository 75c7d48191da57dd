"""Do the style rules find what they say, and nothing else?"""
