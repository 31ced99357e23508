"""The screens, files and API: who sees which figures, and that nobody, by any road, gets more than was published."""
