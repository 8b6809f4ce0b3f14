# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What setup needs of other distributions than Debian, by the names there. Sourced, never run.

# Debian | dnf (Fedora) | pacman (Arch) | zypper (openSUSE); `-` where nothing is needed, `!` where there is none.
other_names='
build-essential           | gcc-c++ make        | base-devel           | gcc-c++ make
cmake                     | cmake               | cmake                | cmake
ninja-build               | ninja-build         | ninja                | ninja
ccache                    | ccache              | ccache               | ccache
pkgconf                   | pkgconf-pkg-config  | pkgconf              | pkgconf-pkg-config
git                       | git                 | git                  | git
qt6-base-dev              | qt6-qtbase-devel    | qt6-base             | qt6-base-devel
libqcustomplot-dev        | qcustomplot-qt6-devel | !                  | !
libgl1-mesa-dev           | mesa-libGL-devel    | mesa                 | Mesa-libGL-devel
qt6-l10n-tools            | qt6-linguist        | qt6-tools            | qt6-tools-linguist
qt6-translations-l10n     | qt6-qttranslations  | qt6-translations     | qt6-translations
qt6-image-formats-plugins | qt6-qtimageformats  | qt6-imageformats     | qt6-imageformats
libqt6svg6                | qt6-qtsvg           | qt6-svg              | libQt6Svg6
qt6-wayland               | qt6-qtwayland       | qt6-wayland          | qt6-wayland
libopencv-core-dev        | opencv-devel        | opencv               | opencv-devel
libopencv-imgproc-dev     | -                   | -                    | -
libopencv-imgcodecs-dev   | -                   | -                    | -
libopencv-photo-dev       | -                   | -                    | -
nlohmann-json3-dev        | json-devel          | nlohmann-json        | nlohmann_json-devel
libcli11-dev              | cli11-devel         | cli11                | cli11-devel
libexiv2-dev              | exiv2-devel         | exiv2                | libexiv2-devel
liblcms2-dev              | lcms2-devel         | lcms2                | liblcms2-devel
libicu-dev                | libicu-devel        | icu                  | libicu-devel
libwebp-dev               | libwebp-devel       | libwebp              | libwebp-devel
libtiff-dev               | libtiff-devel       | libtiff              | libtiff-devel
libarchive-dev            | libarchive-devel    | libarchive           | libarchive-devel
libgtest-dev              | gtest-devel         | gtest                | gtest
python3-pip               | python3-pip         | python-pip           | python3-pip
python3-venv              | -                   | -                    | -
unzip                     | unzip               | unzip                | unzip
clang                     | clang               | clang                | clang
xvfb                      | xorg-x11-server-Xvfb | xorg-server-xvfb    | xorg-x11-server-Xvfb
xauth                     | xorg-x11-xauth      | xorg-xauth           | xauth
xdotool                   | xdotool             | xdotool              | xdotool
openbox                   | openbox             | openbox              | openbox
imagemagick               | ImageMagick         | imagemagick          | ImageMagick
x11-utils                 | xwininfo xprop      | xorg-xwininfo xorg-xprop | xwininfo xprop
graphviz                  | graphviz            | graphviz             | graphviz
zstd                      | zstd                | zstd                 | zstd
desktop-file-utils        | desktop-file-utils  | desktop-file-utils   | desktop-file-utils
appstream                 | appstream           | appstream            | AppStream
zsh                       | zsh                 | zsh                  | zsh
fish                      | fish                | fish                 | fish
'

# package_manager: apt, dnf, pacman, zypper, or nothing where none of them is here.
package_manager() {
  if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then
    echo apt
    return
  fi
  local manager
  for manager in dnf zypper pacman; do
    ! command -v "$manager" >/dev/null || { echo "$manager" && return; }
  done
}

# names_elsewhere MANAGER PACKAGE...: their names there, a line each; `!NAME` for one that is not to be had.
names_elsewhere() {
  local manager=$1 package column name names
  shift
  case $manager in
    dnf) column=2 ;;
    pacman) column=3 ;;
    zypper) column=4 ;;
  esac
  for package; do
    names=$(awk -F ' *[|] *' -v name="$package" -v column="$column" '$1 == name { print $column; exit }' <<<"$other_names")
    names=${names%"${names##*[! ]}"}
    [[ $names != '!' ]] || names="!$package"
    for name in $names; do [[ $name == - ]] || echo "$name"; done
  done | awk '!seen[$0]++'
}

# missing_elsewhere MANAGER NAME...: those that are not installed, a line each.
missing_elsewhere() {
  local manager=$1 name
  shift
  case $manager in
    pacman) printf '%s\n' "$@" | grep . | xargs pacman -T || true ;;
    *)
      for name; do
        [[ -z $name ]] || rpm -q --quiet --whatprovides "$name" 2>/dev/null || echo "$name"
      done
      ;;
  esac
}

# has_qcustomplot: whether a QCustomPlot for Qt 6 is here that no package brought.
has_qcustomplot() {
  local libraries
  libraries=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null)
  grep -qiE 'libqcustomplot[^ ]*qt6[^ ]*\.so ' <<<"$libraries"
}

# require_elsewhere MANAGER PACKAGE...: ends with the command to copy where packages are missing. Sets `studio` to no
# where the window cannot be built.
require_elsewhere() {
  local manager=$1 names missing command
  shift
  mapfile -t names < <(names_elsewhere "$manager" "$@")
  mapfile -t missing < <(missing_elsewhere "$manager" "${names[@]/#!*/}")
  if ((${#missing[@]})); then
    case $manager in
      dnf) command="sudo dnf install" ;;
      pacman) command="sudo pacman -S --needed" ;;
      zypper) command="sudo zypper install" ;;
    esac
    fail "these packages are missing; install them, then call this again:

  $command ${missing[*]}"
  fi
  if [[ " ${names[*]} " == *" !libqcustomplot-dev "* ]] && ! has_qcustomplot; then
    # shellcheck disable=SC2034  # read by setup
    studio=no
    say "no package here has QCustomPlot for Qt 6, which draws the studio's curves (on Arch the AUR has qcustomplot-qt6): the command line alone is built."
  fi
}
