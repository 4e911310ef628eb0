"""Sockets: who may listen (connect), commands in (commands), what goes out (hub), and the frames (websocket)."""
