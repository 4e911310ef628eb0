"""What takes longer than a test may: faults, hostile clients, missing protections, speed beside other servers. `python3 -m bench` lists it."""
