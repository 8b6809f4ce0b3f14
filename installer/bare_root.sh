# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A bare Debian in a folder, for what is built or tried in a distribution of its own. Sourced after lib.sh, never run.

mirror=http://deb.debian.org/debian
bare=      # the folder
bare_kept= # for the next call
bare_environment=(env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/var/tmp/home LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive)

inside() { chroot "$bare" "${bare_environment[@]}" "$@"; }
inside_apt() { inside apt-get -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "$@" >/dev/null; }

# enter_root RELEASE FOLDER: makes it where there is none; without FOLDER one in /var/tmp, which goes with the script.
enter_root() {
  ((EUID == 0)) || fail "debootstrap and chroot need root."
  bare=$2 bare_kept=yes
  [[ -n $bare ]] || { bare=$(mktemp -d /var/tmp/p2l-root.XXXXXX) && bare_kept=no; }
  trap leave_root EXIT
  # debootstrap's own folder goes when it is done.
  if [[ ! -e $bare/etc/debian_version || -e $bare/debootstrap ]]; then
    command -v debootstrap >/dev/null || fail "debootstrap is missing: apt install debootstrap"
    say "a bare $1 in $bare"
    debootstrap --variant=minbase "$1" "$bare" "$mirror" >/dev/null || fail "debootstrap could not make a $1 in $bare."
  fi
  grep -qxF "VERSION_CODENAME=$1" "$bare/etc/os-release" || fail "$bare is no $1: name another folder, or none."
  cp /etc/resolv.conf "$bare/etc/resolv.conf"
  [[ ! -d /etc/apt/apt.conf.d ]] || cp -n /etc/apt/apt.conf.d/*proxy* "$bare/etc/apt/apt.conf.d/" 2>/dev/null || true
  mountpoint -q "$bare/proc" || mount -t proc proc "$bare/proc"
  mkdir -p "$bare/var/tmp/home"
  inside apt-get -qq update >/dev/null || fail "apt in $bare knows no packages."
}

leave_root() {
  ! mountpoint -q "$bare/proc" || umount "$bare/proc"
  [[ $bare_kept == yes ]] || rm -rf "$bare"
}

# copy_sources FOLDER: the checkout as it is, with what its build there has made already.
copy_sources() {
  # shellcheck disable=SC2154  # root: of lib.sh
  mkdir -p "$1"
  find "$1" -mindepth 1 -maxdepth 1 ! -name build ! -name .deps -exec rm -rf {} +
  (cd "$root" && checkout_files . | tar --null -cf - --files-from=-) | tar -xf - -C "$1"
}
