"""Runs conformance vectors through the official Python SDK."""
