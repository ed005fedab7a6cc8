# The kiosk's user: the account, its profile, its sign-in, and the part of the registry that is its own.

$knownPassword = $null
$kioskHive = $null
$hiveIsLoaded = $false
$hiveName = 'FacePayKiosk'
$winlogon = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'

function Set-KnownPassword {
    param($Password)
    $script:knownPassword = $Password
}

function Get-KioskUser {
    param([string]$Name)
    Get-LocalUser -Name $Name -ErrorAction SilentlyContinue
}

# Nobody has to know it: the machine signs in by itself, and an administrator can set another one.
function New-RandomPassword {
    $bytes = New-Object -TypeName 'byte[]' -ArgumentList 24
    $source = [Security.Cryptography.RandomNumberGenerator]::Create()
    try { $source.GetBytes($bytes) } finally { $source.Dispose() }
    $password = New-Object -TypeName Security.SecureString
    foreach ($character in ('Aa1-' + [Convert]::ToBase64String($bytes)).ToCharArray()) { $password.AppendChar($character) }
    $password
}

function Read-UserSetting {
    param($Setting)
    $user = Get-KioskUser -Name $Setting.User
    if ($null -eq $user) { return $null }
    $value = if (Test-IsAdministrator -User $user) { 'administrator' } elseif ($user.Enabled) { 'enabled' } else { 'disabled' }
    [pscustomobject]@{ Type = 'User'; Value = $value }
}

function Write-UserSetting {
    param($Setting, $State)
    $user = Get-KioskUser -Name $Setting.User
    if ($null -eq $State) { Remove-KioskUser -User $user }
    elseif ($null -eq $user) { New-KioskUser -Name $Setting.User }
    elseif ($State.Value -eq 'enabled') { Enable-LocalUser -Name $Setting.User }
    else { Disable-LocalUser -Name $Setting.User }
}

function Get-UserHindrance {
    param($Setting)
    $user = Get-KioskUser -Name $Setting.User
    if ($null -ne $user -and (Test-IsAdministrator -User $user)) { "$($Setting.User) is an administrator; make it a standard user first" }
}

function Test-IsAdministrator {
    param($User)
    @(Get-LocalGroupMember -SID 'S-1-5-32-544' -ErrorAction SilentlyContinue | Where-Object { $_.SID -eq $User.SID }).Count -gt 0
}

function New-KioskUser {
    param([string]$Name)
    if ($null -eq $script:knownPassword) { $script:knownPassword = New-RandomPassword }
    New-LocalUser -Name $Name -Password $script:knownPassword -Description 'FacePay Kiosk' -PasswordNeverExpires -UserMayNotChangePassword -AccountNeverExpires | Out-Null
    Add-LocalGroupMember -SID 'S-1-5-32-545' -Member $Name
}

# An account made again under the same name has another profile: it would not find the journal, and open cancels would be
# forgotten. Where there is a journal the account is kept, and cannot sign in.
function Remove-KioskUser {
    param($User)
    if ($null -eq $User) { return }
    if (Test-Journal -User $User.Name) { Disable-LocalUser -InputObject $User }
    else { Remove-LocalUser -InputObject $User }
}

function Test-Journal {
    param([string]$User)
    $folder = Get-ProfileFolder -User $User
    $null -ne $folder -and (Test-Path -LiteralPath (Join-Path -Path $folder -ChildPath '.facepay-kiosk'))
}

function Get-ProfileFolder {
    param([string]$User)
    $account = Get-KioskUser -Name $User
    if ($null -eq $account) { return $null }
    $path = "HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList\$($account.SID.Value)"
    if (-not (Test-Path -LiteralPath $path)) { return $null }
    (Get-Item -LiteralPath $path).GetValue('ProfileImagePath', $null)
}

function Read-ProfileSetting {
    param($Setting)
    if ($null -eq (Get-ProfileFolder -User $Setting.User)) { return $null }
    [pscustomobject]@{ Type = 'Profile'; Value = 'there' }
}

# Never taken away: the journal is in it.
function Write-ProfileSetting {
    param($Setting, $State)
    if ($null -eq $State -or $null -ne (Get-ProfileFolder -User $Setting.User)) { return }
    [FacePayKiosk.Native]::MakeProfile((Get-KioskUser -Name $Setting.User).SID.Value, $Setting.User)
}

# 'other': a password stands there, and another one is to be written.
function Read-SecretSetting {
    param($Setting)
    if (-not [FacePayKiosk.Native]::HasSecret($Setting.Entry)) { return $null }
    [pscustomobject]@{ Type = 'Secret'; Value = if ($null -eq $script:knownPassword) { 'kept' } else { 'other' } }
}

# What was overwritten cannot be written back: it was never read. So -Undo takes ours away, and leaves what -Apply left. It
# stays with an account that is kept: nobody knows that password, and setting another would lose what Windows sealed by it.
function Write-SecretSetting {
    param($Setting, $State)
    if ($null -eq $State -or $State.Value -eq 'other') {
        if (-not (Test-Journal -User $Setting.User)) { [FacePayKiosk.Native]::StoreSecret($Setting.Entry, [IntPtr]::Zero, 0) }
        return
    }
    if ($null -eq $script:knownPassword) { return }
    $text = [Runtime.InteropServices.Marshal]::SecureStringToGlobalAllocUnicode($script:knownPassword)
    try { [FacePayKiosk.Native]::StoreSecret($Setting.Entry, $text, $script:knownPassword.Length) }
    finally { [Runtime.InteropServices.Marshal]::ZeroFreeGlobalAllocUnicode($text) }
    $script:knownPassword = $null
}

function Get-SecretHindrance {
    param($Setting)
    if ($null -eq $script:knownPassword -and -not [FacePayKiosk.Native]::HasSecret($Setting.Entry)) {
        'the password is not known here: enter it once in netplwiz or Sysinternals Autologon, or run -Apply -Password'
    }
}

function Test-ClearPassword { (Get-Item -LiteralPath $winlogon).GetValueNames() -contains 'DefaultPassword' }

# While the user is signed in, Windows has its registry open under its number; otherwise it is opened here, and let go at the end.
function Open-KioskHive {
    param([string]$User)
    if ($null -ne $script:kioskHive) { return $script:kioskHive }
    $folder = Get-ProfileFolder -User $User
    if ($null -eq $folder) { return $null }
    $signedIn = "Registry::HKEY_USERS\$((Get-KioskUser -Name $User).SID.Value)"
    if (Test-Path -LiteralPath $signedIn) {
        $script:kioskHive = $signedIn
        return $signedIn
    }
    if (-not (Test-Path -LiteralPath "Registry::HKEY_USERS\$hiveName")) {
        & reg.exe load "HKU\$hiveName" (Join-Path -Path $folder -ChildPath 'NTUSER.DAT') | Out-Null
        if ($LASTEXITCODE -ne 0) { throw "the registry of $User could not be opened" }
    }
    $script:hiveIsLoaded = $true
    $script:kioskHive = "Registry::HKEY_USERS\$hiveName"
    $script:kioskHive
}

function Close-KioskHive {
    $script:kioskHive = $null
    for ($attempt = 0; $script:hiveIsLoaded -and $attempt -lt 10; $attempt += 1) {
        # PowerShell lets go of the keys it has read only when it tidies up.
        [gc]::Collect()
        [gc]::WaitForPendingFinalizers()
        & reg.exe unload "HKU\$hiveName" | Out-Null
        if ($LASTEXITCODE -eq 0) { $script:hiveIsLoaded = $false }
        else { Start-Sleep -Milliseconds 500 }
    }
    if ($script:hiveIsLoaded) { throw 'The registry of the kiosk user could not be let go: restart before it signs in.' }
}

function Get-SettingInHive {
    param($Setting)
    $hive = Open-KioskHive -User $Setting.User
    if ($null -eq $hive) { return $null }
    [pscustomobject]@{ Path = "$hive\$($Setting.Path)"; Entry = $Setting.Entry }
}

function Read-HiveSetting {
    param($Setting)
    $there = Get-SettingInHive -Setting $Setting
    if ($null -eq $there) { return $null }
    Read-RegistrySetting -Setting $there
}

function Write-HiveSetting {
    param($Setting, $State)
    $there = Get-SettingInHive -Setting $Setting
    if ($null -ne $there) { Write-RegistrySetting -Setting $there -State $State }
}
