"""What happened to people's questions? Events, votes and trails in one database; nothing here knows who somebody is."""
