# The walk over the table: what was there is kept, what is wanted is written, and what was kept is written back.

$root = 'HKLM:\SOFTWARE\FacePayKiosk'
$before = "$root\Before"

function Read-Setting {
    param($Setting)
    switch ($Setting.Kind) {
        'Registry' { Read-RegistrySetting -Setting $Setting }
        'Power' { Read-PowerSetting -Setting $Setting }
        'Key' { Read-KeySetting -Setting $Setting }
        'Filter' { Read-FilterSetting -Setting $Setting }
        'Feature' { Read-FeatureSetting -Setting $Setting }
        'User' { Read-UserSetting -Setting $Setting }
        'Profile' { Read-ProfileSetting -Setting $Setting }
        'Secret' { Read-SecretSetting -Setting $Setting }
        'Hive' { Read-HiveSetting -Setting $Setting }
        'Shell' { Read-ShellSetting -Setting $Setting }
        'Task' { Read-TaskSetting -Setting $Setting }
        'Run' { Read-RunSetting -Setting $Setting }
    }
}

function Write-Setting {
    param($Setting, $State)
    switch ($Setting.Kind) {
        'Registry' { Write-RegistrySetting -Setting $Setting -State $State }
        'Power' { Write-PowerSetting -Setting $Setting -State $State }
        'Key' { Write-KeySetting -Setting $Setting -State $State }
        'Filter' { Write-FilterSetting -Setting $Setting -State $State }
        'Feature' { Write-FeatureSetting -Setting $Setting -State $State }
        'User' { Write-UserSetting -Setting $Setting -State $State }
        'Profile' { Write-ProfileSetting -Setting $Setting -State $State }
        'Secret' { Write-SecretSetting -Setting $Setting -State $State }
        'Hive' { Write-HiveSetting -Setting $Setting -State $State }
        'Shell' { Write-ShellSetting -Setting $Setting -State $State }
        'Task' { Write-TaskSetting -Setting $Setting -State $State }
        'Run' { Write-RunSetting -Setting $Setting -State $State }
    }
}

# Why this machine cannot have the setting, in words; nothing where it can.
function Get-Hindrance {
    param($Setting)
    switch ($Setting.Kind) {
        'Power' { if ($null -eq (Read-PowerSetting -Setting $Setting)) { 'this machine has no such button or state' } }
        'Key' { Get-FilterHindrance -Setting $Setting }
        'Filter' { Get-FilterHindrance -Setting $Setting }
        'Feature' { if ($null -eq (Read-FeatureSetting -Setting $Setting)) { 'this edition does not have it; Enterprise, Education and IoT Enterprise do' } }
        'User' { Get-UserHindrance -Setting $Setting }
        'Secret' { Get-SecretHindrance -Setting $Setting }
        'Hive' { if ($null -eq (Open-KioskHive -User $Setting.User)) { 'the kiosk user has no profile yet' } }
        'Shell' { Get-ShellHindrance }
        'Run' { Get-RunHindrance -Setting $Setting }
    }
}

function Test-Setting {
    param($Setting)
    $state = Read-Setting -Setting $Setting
    if ($null -eq $state -or $null -eq $Setting.Value) { return $null -eq $state -and $null -eq $Setting.Value }
    $state.Value -eq $Setting.Value -and $state.Type -eq $Setting.Type
}

function Get-Applied {
    param([string]$Name, $Otherwise)
    if (-not (Test-Path -LiteralPath $root)) { return $Otherwise }
    (Get-Item -LiteralPath $root).GetValue($Name, $Otherwise)
}

function Set-Applied {
    param([string]$Name, $Value)
    if (-not (Test-Path -LiteralPath $before)) { New-Item -Path $before -Force | Out-Null }
    New-ItemProperty -LiteralPath $root -Name $Name -PropertyType 'DWord' -Value $Value -Force | Out-Null
}

function Get-Kept {
    param($Setting)
    if (-not (Test-Path -LiteralPath $before)) { return $null }
    (Get-Item -LiteralPath $before).GetValue($Setting.Name, $null)
}

# One setting that cannot be written leaves the others to be written; it is named at the end.
function Invoke-Apply {
    param($Settings, $Failures)
    foreach ($setting in $Settings) {
        try {
            if (Get-Hindrance -Setting $setting) { continue }
            if ($null -eq (Get-Kept -Setting $setting)) {
                $state = [pscustomobject]@{ State = (Read-Setting -Setting $setting) } | ConvertTo-Json -Compress -Depth 4
                New-ItemProperty -LiteralPath $before -Name $setting.Name -PropertyType 'String' -Value $state | Out-Null
            }
            if (Test-Setting -Setting $setting) { continue }
            $wanted = if ($null -eq $setting.Value) { $null } else { [pscustomobject]@{ Type = $setting.Type; Value = $setting.Value } }
            Write-Setting -Setting $setting -State $wanted
        } catch {
            $Failures[$setting.Name] = $_.Exception.Message
        }
    }
}

# Backwards: what came later may need what came before it, as the user's registry needs the user.
function Invoke-Undo {
    param($Settings, $Failures)
    [array]::Reverse($Settings)
    foreach ($setting in $Settings) {
        try {
            $kept = Get-Kept -Setting $setting
            if ($null -eq $kept) { continue }
            Write-Setting -Setting $setting -State (ConvertFrom-Json -InputObject $kept).State
            Remove-ItemProperty -LiteralPath $before -Name $setting.Name
        } catch {
            $Failures[$setting.Name] = $_.Exception.Message
        }
    }
    if ((Test-Path -LiteralPath $before) -and (Get-Item -LiteralPath $before).ValueCount -eq 0) { Remove-Item -LiteralPath $root -Recurse }
}

# Looking at a machine that is not locked leaves nothing behind.
function Remove-EmptyRoot {
    $key = Get-Item -LiteralPath $root
    if ($key.ValueCount -eq 0 -and $key.SubKeyCount -eq 0) { Remove-Item -LiteralPath $root }
}

function Get-Standing {
    param($Setting, $Failures)
    if ($Failures.Contains($Setting.Name)) { return 'not set', $Failures[$Setting.Name] }
    try {
        if (Test-Setting -Setting $Setting) { return 'set', $(if ($null -eq $Setting.Value) { 'nothing may stand there, and nothing does' }) }
        $hindrance = Get-Hindrance -Setting $Setting
        if ($hindrance) { return 'not possible', $hindrance }
        'not set', $null
    } catch {
        'not set', $_.Exception.Message
    }
}

function Get-Report {
    param($Settings, $Failures)
    foreach ($setting in $Settings) {
        $state, $why = Get-Standing -Setting $setting -Failures $Failures
        [pscustomobject]@{ Setting = $setting.Name; State = $state; Why = $why }
    }
}

function Get-Advice {
    if (Test-RestartNeeded) { 'Restart, then run -Apply once more: what was switched on now can be set only then.' }
    if (Test-ClearPassword) { 'A password stands in the clear under Winlogon, DefaultPassword, and wins over the hidden one: delete it.' }
}

function Get-ExitCode {
    param($Report)
    $missing = @($Report | Where-Object { $_.State -eq 'not set' })
    if (-not (Test-Path -LiteralPath $before)) { return 3 * [int](-not $Undo) }
    if ($missing.Count -gt 0) { return 4 }
    3010 * [int]($Apply -and (Test-RestartNeeded))
}
