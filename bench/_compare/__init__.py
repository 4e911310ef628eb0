"""The parts of `bench compare`.

venue: the rooms · servers, rivals: what is measured · lines, speech, crowd: the generator · fanout, votes, arrivals: the measurements ·
scale: how much of everything · report: the tables
"""
