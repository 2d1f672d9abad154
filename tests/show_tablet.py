"""See the tablet without straps or a study: `python -m tests.show_tablet`; PIN of sara 271828."""

import time

from tests.browser.tablet_site import TabletSite
from tests.live_scene import circuit_tiles


def main() -> None:
    """Serve until interrupted."""
    site = TabletSite()
    site.start()
    print(f"{site.url}/tablet/")
    while True:
        site.show(circuit_tiles())
        time.sleep(1)


if __name__ == "__main__":
    main()
