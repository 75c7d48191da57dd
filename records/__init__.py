"""What happened to people's questions? Events and votes in one database; nothing here knows who somebody is."""
