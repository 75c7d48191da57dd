"""What happened to people's questions, and who works here? One database; of customers nothing here knows who somebody is."""
