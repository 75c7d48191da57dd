"""How it goes live: build, gate, switch; site/ holds the theme, its assets and the thin MkDocs hooks."""
