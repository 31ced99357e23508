"""The assembled site: settings, pages, API, and everything that runs it."""
