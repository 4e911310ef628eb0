"""What takes longer than a test may: faults, hostile clients, missing protections, and speed beside others. `python3 -m bench` lists it."""
