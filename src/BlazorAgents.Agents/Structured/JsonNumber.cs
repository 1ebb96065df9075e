namespace BlazorAgents.Agents.Structured;

/// <summary>The grammar of JSON numbers, a character at a time.</summary>
internal static class JsonNumber
{
    /// <summary>The state after a number's first character: a digit or the minus.</summary>
    public static JsonNumberState Begin(char c) => c switch
    {
        '-' => JsonNumberState.Sign,
        '0' => JsonNumberState.Zero,
        _ => JsonNumberState.Whole,
    };

    /// <summary>What is written is a number already.</summary>
    public static bool MayEnd(JsonNumberState state) =>
        state is JsonNumberState.Zero or JsonNumberState.Whole or JsonNumberState.Fraction or JsonNumberState.ExponentDigits;

    /// <summary>Goes on with a character; false, and nothing changes, when it is not part of the number.</summary>
    public static bool TryTake(ref JsonNumberState state, char c)
    {
        JsonNumberState? next = (state, c) switch
        {
            (JsonNumberState.Sign, '0') => JsonNumberState.Zero,
            (JsonNumberState.Sign or JsonNumberState.Whole, >= '0' and <= '9') => JsonNumberState.Whole,
            (JsonNumberState.Zero or JsonNumberState.Whole, '.') => JsonNumberState.Point,
            (JsonNumberState.Point or JsonNumberState.Fraction, >= '0' and <= '9') => JsonNumberState.Fraction,
            (JsonNumberState.Zero or JsonNumberState.Whole or JsonNumberState.Fraction, 'e' or 'E') => JsonNumberState.Exponent,
            (JsonNumberState.Exponent, '+' or '-') => JsonNumberState.ExponentSign,
            (JsonNumberState.Exponent or JsonNumberState.ExponentSign or JsonNumberState.ExponentDigits, >= '0' and <= '9') => JsonNumberState.ExponentDigits,
            _ => null,
        };
        state = next ?? state;
        return next is not null;
    }
}
