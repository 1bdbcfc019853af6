// Check a license file offline: go run verify.go FILE PUBLIC_KEYS [MACHINE]
package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"regexp"
	"time"
)

type publicKey struct {
	Kid       string `json:"kid"`
	PublicKey []byte `json:"public_key"`
}

type envelope struct {
	Alg       string `json:"alg"`
	Kid       string `json:"kid"`
	Payload   []byte `json:"payload"`
	Signature []byte `json:"signature"`
}

// License is what a file says.
type License struct {
	Kid          string            `json:"kid"`
	LicenseID    string            `json:"license_id"`
	Key          string            `json:"key"`
	CustomerID   string            `json:"customer_id"`
	CustomerName string            `json:"customer_name"`
	Name         string            `json:"name"`
	Quotas       map[string]*int64 `json:"quotas"`
	Machine      *string           `json:"machine"`
	Nonce        *string           `json:"nonce"`
	IssuedAt     time.Time         `json:"issued_at"`
	ExpiresAt    *time.Time        `json:"expires_at"`
}

var noise = regexp.MustCompile(`-----[A-Z ]+-----|\s`)

// Verify gives what a license file says, or why it is not good here and now.
func Verify(file string, keys []publicKey, machine string, now time.Time) (*License, error) {
	text, err := base64.StdEncoding.DecodeString(noise.ReplaceAllString(file, ""))
	if err != nil {
		return nil, errors.New("this is no license file")
	}
	var sealed envelope
	if err := json.Unmarshal(text, &sealed); err != nil {
		return nil, errors.New("this is no license file")
	}
	var known ed25519.PublicKey
	for _, key := range keys {
		if key.Kid == sealed.Kid && len(key.PublicKey) == ed25519.PublicKeySize {
			known = key.PublicKey
		}
	}
	if sealed.Alg != "Ed25519" || known == nil {
		return nil, fmt.Errorf("no public key is called %s", sealed.Kid)
	}
	if !ed25519.Verify(known, sealed.Payload, sealed.Signature) {
		return nil, errors.New("the signature does not fit: the file was changed")
	}
	var said License
	if err := json.Unmarshal(sealed.Payload, &said); err != nil {
		return nil, err
	}
	if said.Kid != sealed.Kid {
		return nil, errors.New("the file names two keys: it was changed")
	}
	if said.ExpiresAt != nil && !said.ExpiresAt.After(now) {
		return nil, fmt.Errorf("the license file expired at %s", said.ExpiresAt)
	}
	if said.Machine != nil && *said.Machine != machine {
		return nil, errors.New("the license file is for another machine")
	}
	return &said, nil
}

func run(args []string) error {
	if len(args) < 2 {
		return errors.New("usage: verify FILE PUBLIC_KEYS [MACHINE]")
	}
	file, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	text, err := os.ReadFile(args[1])
	if err != nil {
		return err
	}
	var known struct {
		Keys []publicKey `json:"keys"`
	}
	if err := json.Unmarshal(text, &known); err != nil {
		return err
	}
	machine := ""
	if len(args) > 2 {
		machine = args[2]
	}
	said, err := Verify(string(file), known.Keys, machine, time.Now())
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(said)
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
