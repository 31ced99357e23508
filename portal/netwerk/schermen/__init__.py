"""The pages of the network: what needs attention, gemeenten, teams, people and agreements. One file per subject."""
