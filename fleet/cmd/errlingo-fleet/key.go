package main

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/errlingo/errlingo/fleet/internal/release"
	"github.com/errlingo/errlingo/internal/report"
)

// publicExt is what the file of a public key has at the end of its name.
const publicExt = ".pub"

// maxKey is how many bytes the file of a key may have.
const maxKey = 64 << 10

func (a *app) keyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "key file",
		Short: "Make a key with which texts are published",
		Long: `Key makes a private key in the file, and the public key that belongs to it in a file of
that name with .pub at its end. An existing file is never overwritten.

Whoever has the private key may publish. Keep it where texts are published, such as among
the secrets of your CI, and never on the servers: these need the public key only, which
anybody may see. The file of the private key is readable by you alone.

The keys are ed25519 in PEM, as openssl makes them.`,
		Example: `  errlingo-fleet key fleet.key`,
		Args:    arguments(cobra.ExactArgs(1)),
		RunE:    func(_ *cobra.Command, args []string) error { return a.makeKey(args[0]) },
	}
}

// keyResult is what "key --json" prints.
type keyResult struct {
	Key    string `json:"key"`    // the file with the private key
	Public string `json:"public"` // the file with the public key
	ID     string `json:"id"`     // by which messages name the key
}

func (a *app) makeKey(name string) error {
	key := release.NewKey()
	public := key.Public().(ed25519.PublicKey)
	private, err := release.EncodePrivate(key)
	if err != nil {
		return err
	}
	shown, err := release.EncodePublic(public)
	if err != nil {
		return err
	}
	if err := createFile(a.path(name), private, 0o600); err != nil {
		return failFile(name, err, keyFileHint(err))
	}
	if err := createFile(a.path(name+publicExt), shown, 0o644); err != nil {
		_ = os.Remove(a.path(name)) // Half of a pair is of no use.
		return failFile(name+publicExt, err, keyFileHint(err))
	}
	if a.json {
		return report.WriteJSON(a.stdout, keyResult{name, name + publicExt, release.KeyID(public)})
	}
	return a.print(fmt.Sprintf(`made the key %s:
  %s is private: whoever has it may publish; keep it out of git and off the servers
  %s is public; put it into the programs that follow:

	//go:embed %s
	var key []byte

	fleet.Options{Keys: []ed25519.PublicKey{fleet.MustParseKey(key)}}
`, release.KeyID(public), name, name+publicExt, filepath.Base(name)+publicExt))
}

// createFile writes a file that must not exist.
func createFile(name string, text []byte, mode fs.FileMode) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		_ = os.Remove(name)
	}
	return err
}

func keyFileHint(err error) string {
	switch {
	case errors.Is(err, fs.ErrExist):
		return "it is never overwritten; choose another name"
	case errors.Is(err, fs.ErrNotExist):
		return "make its folder first"
	case errors.Is(err, fs.ErrPermission):
		return "choose a folder that you may write to"
	}
	return ""
}

// keys are the keys that the flags name.
type keys struct {
	own     ed25519.PrivateKey // nil without --key
	trusted []ed25519.PublicKey
}

// readKeys reads the keys that the flags name: that of --key is trusted, too.
func (a *app) readKeys() (keys, error) {
	var k keys
	if a.key != "" {
		text, mode, err := a.readKeyFile(a.key)
		if errors.Is(err, fs.ErrNotExist) {
			return k, failFile(a.key, err, "make it with \"errlingo-fleet key FILE\"")
		} else if err != nil {
			return k, failFile(a.key, err, "")
		}
		if k.own, err = release.ParsePrivate(text); err != nil {
			return k, failFile(a.key, err, "--key takes the file that \"errlingo-fleet key\" has made, "+
				"without "+publicExt)
		}
		// Windows has no such modes, and what a shell passes through a pipe has none that matter.
		if mode.IsRegular() && mode.Perm()&0o077 != 0 && runtime.GOOS != "windows" {
			return k, failFile(a.key, fmt.Errorf("the private key has mode %04o, so others may use it",
				mode.Perm()), "take their rights with chmod 600; if others had the key, make a new one")
		}
		k.trusted = append(k.trusted, k.own.Public().(ed25519.PublicKey))
	}
	for _, name := range a.trust {
		text, _, err := a.readKeyFile(name)
		if err != nil {
			return k, failFile(name, err, "")
		}
		public, err := release.ParsePublic(text)
		if err != nil {
			return k, failFile(name, err, "--trust takes the file of a public key, with "+publicExt+
				" at the end of its name")
		}
		k.trusted = append(k.trusted, public)
	}
	return k, nil
}

// readSigningKey is readKeys for a command that publishes.
func (a *app) readSigningKey() (keys, error) {
	k, err := a.readKeys()
	if err == nil && k.own == nil {
		err = fail("no key to sign with",
			"give the private key with --key FILE; make one with \"errlingo-fleet key FILE\"")
	}
	return k, err
}

// readTrustedKeys is readKeys for a command that reads releases.
func (a *app) readTrustedKeys() (keys, error) {
	k, err := a.readKeys()
	if err == nil && len(k.trusted) == 0 {
		err = fail("no key is trusted, so no release can be read",
			"give the public key of those who publish with --trust FILE")
	}
	return k, err
}

func (a *app) readKeyFile(name string) ([]byte, fs.FileMode, error) {
	f, err := os.Open(a.path(name))
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	text, err := io.ReadAll(io.LimitReader(f, maxKey))
	return text, info.Mode(), err
}
