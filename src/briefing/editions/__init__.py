"""What a notebook is asked and when: cells, parameters, addresses, catalog, schedule, fingerprint."""
