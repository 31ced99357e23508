"""What help exists: aanbieders, arrangementen, contracts with gemeenten, waiting times with their date."""
