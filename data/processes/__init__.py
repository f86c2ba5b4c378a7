"""Work on untrusted bytes in processes of its own, bounded in time and memory: hanging and dying end there."""
