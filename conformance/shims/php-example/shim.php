<?php
// A shim in PHP to begin with: a JSON object per line in, an answer per line out. It opens values and
// files by PHP's own OpenSSL; put calls of your own code in its place, and add the other operations.

class Refused extends Exception {}

function open_value(string $ciphertext, string $secret, string $hash): string
{
    if (strlen($secret) !== 32 || strlen($hash) !== 32) throw new Refused('a size is wrong');
    if ($ciphertext === '' || strlen($ciphertext) % 16 !== 0) throw new Refused('no whole blocks');
    $digest = hash('sha512', $secret . $hash, true);
    $options = OPENSSL_RAW_DATA | OPENSSL_ZERO_PADDING;
    $padded = openssl_decrypt($ciphertext, 'aes-256-cbc', substr($digest, 0, 32), $options, substr($digest, 32, 16));
    if ($padded === false || !hash_equals($hash, hash('sha256', $padded, true))) throw new Refused('the hash differs');
    $padding = ord($padded[0]);
    if ($padding < 32 || $padding > strlen($padded)) throw new Refused('the padding is wrong');
    return substr($padded, $padding);
}

$operations = [
    'value' => fn($request) => bin2hex(open_value(hex2bin($request->ct), hex2bin($request->secret), hex2bin($request->hash))),
    'file' => function ($request) {
        $plain = open_value(file_get_contents($request->path), base64_decode($request->secret), base64_decode($request->hash));
        return ['sha256' => hash('sha256', $plain), 'size' => strlen($plain)];
    },
];

while (($line = fgets(STDIN)) !== false) {
    $request = json_decode($line);
    $answer = ['id' => $request->id];
    try {
        $operation = $operations[$request->op] ?? null;
        $answer += $operation ? ['ok' => $operation($request)] : ['unsupported' => true];
    } catch (Refused $error) {
        $answer += ['err' => $error->getMessage(), 'kind' => 'typed'];
    } catch (Throwable $error) {
        $answer += ['err' => $error->getMessage(), 'kind' => 'untyped'];
    }
    echo json_encode($answer), "\n";
}
