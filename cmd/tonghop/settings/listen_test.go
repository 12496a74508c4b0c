package settings

import (
	"errors"
	"testing"
)

// The endpoint for monitors is for this machine: whatever else can be written is
// refused, each with its own reason.
func TestListenIsForThisMachineOnly(t *testing.T) {
	for address, want := range map[string]string{
		"": "", "127.0.0.1:9418": "", "[::1]:9418": "", "127.9.9.9:1": "",
		"0.0.0.0:9418": "reachable", "[::]:9418": "reachable", "192.168.1.5:9418": "reachable",
		":9418": "unread", "localhost:9418": "unread", "127.0.0.1": "unread", "9418": "unread", "127.0.0.1:99999": "unread",
		"127.0.0.1:0": "port",
	} {
		err := Settings{Listen: address}.ListenError()
		var refused *unfit
		switch {
		case want == "" && err != nil:
			t.Errorf("%q: %v", address, err)
		case want != "" && (!errors.As(err, &refused) || refused.key != "setting.address."+want):
			t.Errorf("%q: %v, want %s", address, err, want)
		}
	}
}
