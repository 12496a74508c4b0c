package workbook

import (
	"bytes"
	"compress/flate"
	"hash/crc32"
	"io"
	"sync"
)

// inflater pairs a decompressor with the bytes it reads. Both are reused:
// making a decompressor costs more than inflating a small part.
type inflater struct {
	source bytes.Reader
	flate  io.ReadCloser
}

var inflaters = sync.Pool{New: func() any {
	in := &inflater{}
	in.flate = flate.NewReader(&in.source)
	return in
}}

// buffers holds parts while they are read. What a Book keeps is copied out, so
// they go from one workbook to the next; the few that grew large do not.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

func (a *archive) takeBuffer() { a.buffer = *buffers.Get().(*[]byte) }

func (a *archive) giveBuffer() {
	const kept = 4 << 20
	if buffer := a.buffer; cap(buffer) <= kept {
		buffers.Put(&buffer) // not &a.buffer, which would keep the archive alive
	}
}

// read gives a part's content, inflated and with its size and checksum
// verified. The slice is valid until the next read. limit names the part's own
// budget in a refusal.
func (a *archive) read(e *entry, limit string, budget int64) ([]byte, error) {
	if e.size > budget {
		return nil, tooLarge(limit, e.name, "the part has %d bytes inflated, more than %d", e.size, budget)
	}
	if e.size > a.limits.RatioGrace && e.size > a.limits.Ratio*e.length {
		return nil, tooLarge("ratio", e.name, "the part inflates to more than %d times its packed size", a.limits.Ratio)
	}
	if e.method == methodStored {
		e.verified = crc32.ChecksumIEEE(e.packed) == e.crc
		if !e.verified {
			return nil, errChecksum(e)
		}
		return e.packed, nil
	}
	if int64(cap(a.buffer)) < e.size {
		const least = 64 << 10
		a.buffer = make([]byte, max(e.size, least))
	}
	content := a.buffer[:e.size]
	err := e.inflate(func(from io.Reader) error {
		_, err := io.ReadFull(from, content)
		return err
	})
	if err != nil {
		return nil, err
	}
	if crc32.ChecksumIEEE(content) != e.crc {
		return nil, errChecksum(e)
	}
	e.verified = true
	return content, nil
}

// verify checks size and checksum of a part that nobody reads, through a small
// window.
func (a *archive) verify(e *entry) error {
	if e.method == methodStored {
		_, err := a.read(e, "part", a.limits.Part)
		return err
	}
	const window = 64 << 10
	if cap(a.buffer) < window {
		a.buffer = make([]byte, window)
	}
	buffer := a.buffer[:cap(a.buffer)]
	sum := uint32(0)
	err := e.inflate(func(from io.Reader) error {
		for left := e.size; left > 0; {
			n, err := io.ReadFull(from, buffer[:min(left, int64(len(buffer)))])
			if err != nil {
				return err
			}
			sum = crc32.Update(sum, crc32.IEEETable, buffer[:n])
			left -= int64(n)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if sum != e.crc {
		return errChecksum(e)
	}
	e.verified = true
	return nil
}

// inflate lets take read exactly e.size bytes, then asks that the stream ends
// there and that it used all its packed bytes.
func (e *entry) inflate(take func(io.Reader) error) error {
	if e.length == 0 && e.size == 0 {
		return nil // some writers call an empty part packed and pack nothing
	}
	in := inflaters.Get().(*inflater)
	defer func() {
		in.source.Reset(nil) // a pooled inflater must not keep the file alive
		inflaters.Put(in)
	}()
	in.source.Reset(e.packed)
	if err := in.flate.(flate.Resetter).Reset(&in.source, nil); err != nil {
		return damaged(e.name, -1, "the part cannot be inflated: %v", err)
	}
	if err := take(in.flate); err != nil {
		return damaged(e.name, -1, "the part cannot be inflated: %v", err)
	}
	var beyond [1]byte
	if n, err := io.ReadFull(in.flate, beyond[:]); n != 0 || err != io.EOF {
		return damaged(e.name, -1, "the part does not end where its header says")
	}
	if in.source.Len() != 0 {
		return damaged(e.name, -1, "%d bytes follow the part's packed data", in.source.Len())
	}
	return nil
}

func errChecksum(e *entry) error {
	return damaged(e.name, -1, "the part's checksum is wrong: its bytes were changed")
}
