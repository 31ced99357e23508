"""What an overleg needs besides its rows: moments at which people can meet, what stands in the way of one, and the invitation."""
