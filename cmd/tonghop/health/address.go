package health

import (
	"fmt"
	"net/netip"
)

// AddressFault is why an address is not answered on.
type AddressFault string

// The faults of addresses.
const (
	AddressUnread    AddressFault = "unread"    // it is no number of an address with a port
	AddressReachable AddressFault = "reachable" // other machines can reach it
	AddressPort      AddressFault = "port"      // it has port 0
)

// AddressError is an address that is refused.
type AddressError struct {
	Address string
	Fault   AddressFault
}

func (e *AddressError) Error() string { return fmt.Sprintf("address %q: %s", e.Address, e.Fault) }

// CheckAddress refuses, by an AddressError, an address that other machines can
// reach. A name is refused, too: what it stands for is another's to change.
func CheckAddress(address string) error {
	at, err := netip.ParseAddrPort(address)
	switch {
	case err != nil:
		return &AddressError{address, AddressUnread}
	case !at.Addr().IsLoopback():
		return &AddressError{address, AddressReachable}
	case at.Port() == 0:
		return &AddressError{address, AddressPort}
	}
	return nil
}
