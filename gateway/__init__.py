"""From chest straps over Bluetooth LE to the server, with nothing lost in between."""
