"""What do agents answer from, and which words may they copy?"""
