"""Makers of people, rooms and messages, through the services that make them on the site."""
