"""To and from what other tools read: datasets on disk, and chat-format JSON Lines."""
