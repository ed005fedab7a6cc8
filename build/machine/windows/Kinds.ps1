# How each kind of setting is read and written. Write-* takes what Read-* gave, so that undoing is writing what was read.

function Read-RegistrySetting {
    param($Setting)
    if (-not (Test-Path -LiteralPath $Setting.Path)) { return $null }
    $key = Get-Item -LiteralPath $Setting.Path
    if ($key.GetValueNames() -notcontains $Setting.Entry) { return $null }
    [pscustomobject]@{ Type = $key.GetValueKind($Setting.Entry).ToString(); Value = $key.GetValue($Setting.Entry, $null, 'DoNotExpandEnvironmentNames') }
}

function Write-RegistrySetting {
    param($Setting, $State)
    if ($null -eq $State) {
        if ($null -ne (Read-RegistrySetting -Setting $Setting)) { Remove-ItemProperty -LiteralPath $Setting.Path -Name $Setting.Entry }
        return
    }
    if (-not (Test-Path -LiteralPath $Setting.Path)) { New-Item -Path $Setting.Path -Force | Out-Null }
    New-ItemProperty -LiteralPath $Setting.Path -Name $Setting.Entry -PropertyType $State.Type -Value $State.Value -Force | Out-Null
}

# powercfg's words are translated, its last two numbers are not: on mains, on battery.
function Read-PowerSetting {
    param($Setting)
    $numbers = [regex]::Matches((& powercfg.exe /qh SCHEME_CURRENT $Setting.Path $Setting.Entry | Out-String), '0x([0-9a-fA-F]{8})')
    if ($LASTEXITCODE -ne 0 -or $numbers.Count -lt 2) { return $null }
    $last = foreach ($number in $numbers[-2], $numbers[-1]) { [Convert]::ToInt64($number.Groups[1].Value, 16) }
    [pscustomobject]@{ Type = 'Indices'; Value = $last -join ',' }
}

function Write-PowerSetting {
    param($Setting, $State)
    if ($null -eq $State) { return }
    $mains, $battery = $State.Value -split ','
    & powercfg.exe /setacvalueindex SCHEME_CURRENT $Setting.Path $Setting.Entry $mains
    & powercfg.exe /setdcvalueindex SCHEME_CURRENT $Setting.Path $Setting.Entry $battery
    & powercfg.exe /setactive SCHEME_CURRENT
}

function Get-FilterKey {
    param($Setting)
    Get-CimInstance -Namespace 'root\standardcimv2\embedded' -ClassName $Setting.Path -ErrorAction SilentlyContinue |
        Where-Object { $_.Id -eq $Setting.Entry }
}

# $null where Windows has no keyboard filter (Pro), or the feature is not switched on.
function Read-KeySetting {
    param($Setting)
    $key = Get-FilterKey -Setting $Setting
    if ($null -eq $key) { return $null }
    [pscustomobject]@{ Type = 'Boolean'; Value = [bool]$key.Enabled }
}

function Write-KeySetting {
    param($Setting, $State)
    $key = Get-FilterKey -Setting $Setting
    if ($null -eq $key -or $null -eq $State) { return }
    Set-CimInstance -InputObject $key -Property @{ Enabled = [bool]$State.Value }
}
