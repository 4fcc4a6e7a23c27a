"""Notices: who hears of what happened to the editions, each once, by mail, webhook or any service of apprise's."""
