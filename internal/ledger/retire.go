package ledger

// retire carries over the lines of what is not declared, as retired, and those that a code with a break is about, as they
// are. Of a code that was never released nothing stays.
func (c *comparer) retire() {
	released, kept := make(map[issued]bool, len(c.entries)), map[issued]bool{}
	for i := range c.entries {
		released[c.entries[i].id()] = true
	}
	for _, e := range c.old() {
		id := e.id()
		was := c.known[id]
		switch {
		case c.broken.touch(&e) && !c.written.touch(&e):
			c.Next.entries = append(c.Next.entries, e)
			continue
		case c.declared[id]:
			if was != nil && was.Line != e.Line {
				c.Dropped++
			}
			continue
		case !released[id], kept[id]:
			c.Dropped++
			continue
		}
		if was == nil || !was.Retired {
			c.Retired++
		}
		kept[id] = true
		e.Retired = true
		c.Next.entries = append(c.Next.entries, e)
	}
}

// old returns the lines of the ledger before, and those of an earlier one that it should have and lacks.
func (c *comparer) old() []Entry {
	old := c.before[:len(c.before):len(c.before)]
	for i := range c.entries {
		if e := &c.entries[i]; c.known[e.id()] == nil {
			old = append(old, *e)
		}
	}
	return old
}

// settle notes the doubled lines that remain. Accepting one of the two codes settles them, if both are declared without a
// break or not at all.
func (c *comparer) settle(doubled []double) {
	for _, d := range doubled {
		accepted := c.accept(d.names[0]) || c.accept(d.names[1])
		if !accepted || c.broken.names[d.names[0]] || c.broken.names[d.names[1]] {
			c.Doubled = append(c.Doubled, d.finding)
		}
	}
}
