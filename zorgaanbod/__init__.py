"""What help exists: aanbieders, arrangementen, waiting times. The room is reserved; its first models come with the aanbodgids."""
