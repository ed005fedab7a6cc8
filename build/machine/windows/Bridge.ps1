# Run as the system's own account by Start.ps1: reads Shell Launcher's settings, or writes them and reads them again.
# https://learn.microsoft.com/windows/configuration/shell-launcher/configure
param([switch]$Write)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$key = 'HKLM:\SOFTWARE\FacePayKiosk\Bridge'
$class = @{ Namespace = 'root\cimv2\mdm\dmmap'; ClassName = 'MDM_AssignedAccess' }

try {
    if ($Write) {
        $asked = (Get-Item -LiteralPath $key).GetValue('Asked', '')
        $access = Get-CimInstance @class
        $access.ShellLauncher = if ($asked -eq '') { $null } else { [Net.WebUtility]::HtmlEncode($asked) }
        Set-CimInstance -InputObject $access
    }
    $text = "$((Get-CimInstance @class).ShellLauncher)"
    # It is given escaped; whether it comes back so is not written anywhere.
    if ($text.TrimStart().StartsWith('&lt;')) { $text = [Net.WebUtility]::HtmlDecode($text) }
    New-ItemProperty -LiteralPath $key -Name 'Answer' -PropertyType 'String' -Value $text | Out-Null
} catch {
    New-ItemProperty -LiteralPath $key -Name 'Failure' -PropertyType 'String' -Value $_.Exception.Message | Out-Null
} finally {
    New-ItemProperty -LiteralPath $key -Name 'Done' -PropertyType 'DWord' -Value 1 | Out-Null
}
