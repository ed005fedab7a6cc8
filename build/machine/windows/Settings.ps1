# Every setting of the lock, as a table: -Apply, -Undo and -Status all walk it. Kind says who reads and writes it
# (Kinds.ps1, Account.ps1, Start.ps1). A Value of $null means that nothing may stand there.

function New-RegistrySetting {
    param([string]$Name, [string]$Path, [string]$Entry, [string]$Type, $Value, [string]$Kind = 'Registry')
    [pscustomobject]@{ Name = $Name; Kind = $Kind; Path = "HKLM:\$Path"; Entry = $Entry; Type = $Type; Value = $Value }
}

function New-PowerSetting {
    param([string]$Name, [string]$Group, [string]$Entry)
    [pscustomobject]@{ Name = $Name; Kind = 'Power'; Path = $Group; Entry = $Entry; Type = 'Indices'; Value = '0,0' }
}

function New-KeySetting {
    param([string]$Combination)
    [pscustomobject]@{ Name = "key $Combination"; Kind = 'Key'; Path = 'WEKF_PredefinedKey'; Key = 'Id'; Entry = $Combination; Type = 'Boolean'; Value = $true }
}

function New-FilterSetting {
    param([string]$Name, [string]$Entry, [string]$Value)
    [pscustomobject]@{ Name = $Name; Kind = 'Filter'; Path = 'WEKF_Settings'; Key = 'Name'; Entry = $Entry; Type = 'String'; Value = $Value }
}

function New-FeatureSetting {
    param([string]$Name, [string]$Entry)
    [pscustomobject]@{ Name = $Name; Kind = 'Feature'; Entry = $Entry; Type = 'Boolean'; Value = $true }
}

function New-UserSetting {
    param([string]$Name, [string]$Kind, [string]$User, [string]$Entry, [string]$Type, $Value)
    [pscustomobject]@{ Name = $Name; Kind = $Kind; User = $User; Entry = $Entry; Type = $Type; Value = $Value }
}

function New-HiveSetting {
    param([string]$Name, [string]$User, [string]$Path, [string]$Entry, [string]$Type, $Value)
    [pscustomobject]@{ Name = $Name; Kind = 'Hive'; User = $User; Path = $Path; Entry = $Entry; Type = $Type; Value = $Value }
}

function Get-KioskSetting {
    param([int]$OpenFrom, [int]$OpenUntil, [string]$User, [string]$Program, [bool]$ShellPossible)
    New-FeatureSetting -Name 'feature Device Lockdown' -Entry 'Client-DeviceLockdown'
    New-FeatureSetting -Name 'feature Keyboard Filter' -Entry 'Client-KeyboardFilter'
    New-FeatureSetting -Name 'feature Shell Launcher' -Entry 'Client-EmbeddedShellLauncher'
    Get-AccountSetting -User $User
    New-UserSetting -Name 'the app as shell' -Kind 'Shell' -User $User -Entry 'ShellLauncher' -Type 'Xml' -Value (Get-ShellXml -User $User -Program $Program)
    New-UserSetting -Name 'the app as task' -Kind 'Task' -User $User -Entry 'Task' -Type 'Program' -Value $(if ($ShellPossible) { $null } else { $Program })
    New-RegistrySetting -Name 'start for every user' -Kind 'Run' -Path 'SOFTWARE\Microsoft\Windows\CurrentVersion\Run' -Entry 'FacePay Kiosk' -Type 'String' -Value $null
    Get-HiveSetting -User $User
    Get-MachineSetting -OpenFrom $OpenFrom -OpenUntil $OpenUntil
    # Five times Scroll Lock, in place of five times the Windows key, leads the technician to the sign-in screen.
    New-FilterSetting -Name 'way out of the filter' -Entry 'BreakoutKeyScanCode' -Value '70'
    New-FilterSetting -Name 'accessibility keys' -Entry 'ForceOffAccessibility' -Value 'true'
    New-FilterSetting -Name 'all keys for administrators' -Entry 'DisableKeyboardFilterForAdministrators' -Value 'true'
    foreach ($combination in 'Ctrl+Alt+Del', 'Shift+Ctrl+Esc', 'Ctrl+Esc', 'Win+L', 'Alt+Tab', 'Alt+F4', 'Win+E', 'Win+D', 'Win+M', 'Win+U', 'LShift+LAlt+PrintScrn', 'LShift+LAlt+NumLock', 'Windows', 'Win+R', 'Win+X', 'Win+I', 'Win+Tab', 'Alt+Esc', 'Alt+Space') {
        New-KeySetting -Combination $combination
    }
}

function Get-AccountSetting {
    param([string]$User)
    $winlogon = 'SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon'
    New-UserSetting -Name 'user' -Kind 'User' -User $User -Entry $User -Type 'User' -Value 'enabled'
    New-UserSetting -Name 'user profile' -Kind 'Profile' -User $User -Entry $User -Type 'Profile' -Value 'there'
    New-UserSetting -Name 'sign-in password' -Kind 'Secret' -User $User -Entry 'DefaultPassword' -Type 'Secret' -Value 'kept'
    New-RegistrySetting -Name 'sign-in user' -Path $winlogon -Entry 'DefaultUserName' -Type 'String' -Value $User
    New-RegistrySetting -Name 'sign-in domain' -Path $winlogon -Entry 'DefaultDomainName' -Type 'String' -Value $env:COMPUTERNAME
    New-RegistrySetting -Name 'sign-in count' -Path $winlogon -Entry 'AutoLogonCount' -Type 'DWord' -Value $null
    New-RegistrySetting -Name 'sign-in by itself' -Path $winlogon -Entry 'AutoAdminLogon' -Type 'String' -Value '1'
}

function Get-HiveSetting {
    param([string]$User)
    $current = 'SOFTWARE\Microsoft\Windows\CurrentVersion\Policies'
    $policies = 'SOFTWARE\Policies\Microsoft\Windows'
    New-HiveSetting -Name 'sticky keys' -User $User -Path 'Control Panel\Accessibility\StickyKeys' -Entry 'Flags' -Type 'String' -Value '506'
    New-HiveSetting -Name 'filter keys' -User $User -Path 'Control Panel\Accessibility\Keyboard Response' -Entry 'Flags' -Type 'String' -Value '122'
    New-HiveSetting -Name 'toggle keys' -User $User -Path 'Control Panel\Accessibility\ToggleKeys' -Entry 'Flags' -Type 'String' -Value '58'
    New-HiveSetting -Name 'toasts' -User $User -Path "$policies\CurrentVersion\PushNotifications" -Entry 'NoToastApplicationNotification' -Type 'DWord' -Value 1
    New-HiveSetting -Name 'toasts on the lock screen' -User $User -Path "$policies\CurrentVersion\PushNotifications" -Entry 'NoToastApplicationNotificationOnLockScreen' -Type 'DWord' -Value 1
    New-HiveSetting -Name 'screen saver' -User $User -Path "$policies\Control Panel\Desktop" -Entry 'ScreenSaveActive' -Type 'String' -Value '0'
    New-HiveSetting -Name 'task manager' -User $User -Path "$current\System" -Entry 'DisableTaskMgr' -Type 'DWord' -Value 1
    New-HiveSetting -Name 'locking' -User $User -Path "$current\System" -Entry 'DisableLockWorkstation' -Type 'DWord' -Value 1
    New-HiveSetting -Name 'changing the password' -User $User -Path "$current\System" -Entry 'DisableChangePassword' -Type 'DWord' -Value 1
    New-HiveSetting -Name 'Windows key in Explorer' -User $User -Path "$current\Explorer" -Entry 'NoWinKeys' -Type 'DWord' -Value 1
}

function Get-MachineSetting {
    param([int]$OpenFrom, [int]$OpenUntil)
    $policies = 'SOFTWARE\Policies\Microsoft\Windows'
    $current = 'SOFTWARE\Microsoft\Windows\CurrentVersion\Policies'
    New-RegistrySetting -Name 'lock screen' -Path "$policies\Personalization" -Entry 'NoLockScreen' -Type 'DWord' -Value 1
    New-RegistrySetting -Name 'edge swipes' -Path "$policies\EdgeUI" -Entry 'AllowEdgeSwipe' -Type 'DWord' -Value 0
    New-RegistrySetting -Name 'notifications' -Path "$policies\Explorer" -Entry 'DisableNotificationCenter' -Type 'DWord' -Value 1
    New-RegistrySetting -Name 'privacy questions at sign-in' -Path "$policies\OOBE" -Entry 'DisablePrivacyExperience' -Type 'DWord' -Value 1
    New-RegistrySetting -Name 'active hours' -Path "$policies\WindowsUpdate" -Entry 'SetActiveHours' -Type 'DWord' -Value 1
    New-RegistrySetting -Name 'active hours begin' -Path "$policies\WindowsUpdate" -Entry 'ActiveHoursStart' -Type 'DWord' -Value $OpenFrom
    New-RegistrySetting -Name 'active hours end' -Path "$policies\WindowsUpdate" -Entry 'ActiveHoursEnd' -Type 'DWord' -Value $OpenUntil
    New-RegistrySetting -Name 'restarts for updates' -Path "$policies\WindowsUpdate\AU" -Entry 'NoAutoRebootWithLoggedOnUsers' -Type 'DWord' -Value 1
    New-RegistrySetting -Name 'error boxes' -Path 'SYSTEM\CurrentControlSet\Control\Windows' -Entry 'ErrorMode' -Type 'DWord' -Value 2
    New-RegistrySetting -Name 'error reports' -Path 'SOFTWARE\Microsoft\Windows\Windows Error Reporting' -Entry 'DontShowUI' -Type 'DWord' -Value 1
    New-RegistrySetting -Name 'autoplay' -Path "$current\Explorer" -Entry 'NoDriveTypeAutoRun' -Type 'DWord' -Value 255
    New-RegistrySetting -Name 'other users' -Path "$current\System" -Entry 'HideFastUserSwitching' -Type 'DWord' -Value 1
    New-RegistrySetting -Name 'shut down from sign-in' -Path "$current\System" -Entry 'ShutdownWithoutLogon' -Type 'DWord' -Value 0
    New-PowerSetting -Name 'screen off' -Group 'SUB_VIDEO' -Entry 'VIDEOIDLE'
    New-PowerSetting -Name 'sleep' -Group 'SUB_SLEEP' -Entry 'STANDBYIDLE'
    New-PowerSetting -Name 'hibernate' -Group 'SUB_SLEEP' -Entry 'HIBERNATEIDLE'
    New-PowerSetting -Name 'power button' -Group 'SUB_BUTTONS' -Entry 'PBUTTONACTION'
    New-PowerSetting -Name 'sleep button' -Group 'SUB_BUTTONS' -Entry 'SBUTTONACTION'
    New-PowerSetting -Name 'lid' -Group 'SUB_BUTTONS' -Entry 'LIDACTION'
}
