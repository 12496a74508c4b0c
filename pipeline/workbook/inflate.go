package workbook

import "hash/crc32"

// read stands before the root element of a part whose size and checksum are
// verified. What the scanner gives is valid until the next read. limit names
// the part's own budget in a refusal.
func (a *archive) read(e *entry, limit string, budget int64) (*scanner, error) {
	if e.size > budget {
		return nil, tooLarge(limit, e.name, "the part has %d bytes inflated, more than %d", e.size, budget)
	}
	if e.size > a.limits.RatioGrace && e.size > a.limits.Ratio*e.length {
		return nil, tooLarge("ratio", e.name, "the part inflates to more than %d times its packed size", a.limits.Ratio)
	}
	content, err := a.content(e)
	if err != nil {
		return nil, err
	}
	a.scanner.start(e.name, content)
	return &a.scanner, nil
}

// content inflates a part and verifies its size and checksum.
func (a *archive) content(e *entry) ([]byte, error) {
	if e.size > a.limits.Part {
		return nil, tooLarge("part", e.name, "the part has %d bytes inflated, more than %d", e.size, a.limits.Part)
	}
	content := e.packed
	// Some writers call an empty part packed and pack nothing.
	if e.method == methodDeflate && (e.length > 0 || e.size > 0) {
		if int64(cap(a.buffer)) < e.size {
			const least = 64 << 10
			a.buffer = make([]byte, max(e.size, least))
		}
		content = a.buffer[:e.size]
		if err := a.inflater.inflate(content, e.packed); err != nil {
			return nil, damaged(e.name, -1, "%v", err)
		}
	}
	if crc32.ChecksumIEEE(content) != e.crc {
		return nil, damaged(e.name, -1, "the part's checksum is wrong: its bytes were changed")
	}
	e.verified = true
	return content, nil
}
