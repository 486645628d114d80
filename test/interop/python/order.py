"""Tells a management system to send a CALL, as a command of a hooks file.

usage: order.py API PROTOCOL STATION ACTION < payload
"""

import sys
from urllib.parse import quote
from urllib.request import urlopen

api, *words = sys.argv[1:]
url = "/".join([api, *(quote(word, safe="") for word in words)])
urlopen(url, sys.stdin.buffer.read()).close()
