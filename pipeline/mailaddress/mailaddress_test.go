package mailaddress

import "testing"

func TestCheck(t *testing.T) {
	for _, good := range []string{"ten@coquan.vn", "vp.hoi+bc@hanoi.gov.vn", "admin@mailhost", "O'Brien@x.vn"} {
		if err := Check(good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{
		"", "ten", "@coquan.vn", "ten@", "a@b@c", "ten @coquan.vn", "Lan <ten@coquan.vn>", "<ten@coquan.vn>",
		"a@x.vn, b@x.vn", "a@x.vn;b@x.vn", "ten@coquan.vn\r\nBcc: x@y.vn", "ten@coquan.vn\n", "tên@coquan.vn", "ten@cơquan.vn",
		`"a b"@x.vn`, "ten@[127.0.0.1]", "ten@x.vn.", "ten@-x.vn", "ten@x..vn",
	} {
		if Check(bad) == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}
