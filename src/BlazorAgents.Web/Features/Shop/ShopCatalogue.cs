using BlazorAgents.Data;

namespace BlazorAgents.Web.Features.Shop;

/// <summary>What a new shop begins with: the guide's three products, more of the kind, and customers.</summary>
internal static class ShopCatalogue
{
    public static IReadOnlyList<Product> Products() =>
    [
        Of("p001", "Laptop", "Computers", 99_999, 1_900, 5, "A 14-inch laptop for work and travel with 16 GB of memory."),
        Of("p002", "Mouse", "Accessories", 2_999, 120, 50, "A wireless mouse with three buttons."),
        Of("p003", "Keyboard", "Accessories", 7_999, 900, 0, "A mechanical keyboard with a number pad."),
        Of("p004", "Gaming Laptop", "Computers", 179_900, 2_600, 3, "A 16-inch laptop with a fast graphics card."),
        Of("p005", "Mini PC", "Computers", 54_900, 1_200, 12, "A small, quiet computer for the desk."),
        Of("p006", "Desktop Tower", "Computers", 129_900, 9_800, 4, "A tower with room for more drives."),
        Of("p007", "Tablet", "Computers", 44_900, 520, 18, "An 11-inch tablet with a pen."),
        Of("p008", "Ergonomic Mouse", "Accessories", 4_999, 150, 22, "A vertical mouse that is easy on the wrist."),
        Of("p009", "Compact Keyboard", "Accessories", 5_999, 610, 31, "A wireless keyboard without a number pad."),
        Of("p010", "Laptop Stand", "Accessories", 3_499, 1_100, 40, "An aluminium stand that folds flat."),
        Of("p011", "Laptop Sleeve", "Accessories", 2_499, 260, 65, "A padded sleeve for 14-inch computers."),
        Of("p012", "USB-C Hub", "Accessories", 4_499, 110, 44, "Seven ports: HDMI, Ethernet, USB and card reader."),
        Of("p013", "Webcam", "Accessories", 6_999, 180, 15, "A full HD camera with a privacy shutter."),
        Of("p014", "USB-C Charger", "Accessories", 3_999, 190, 70, "65 watts, enough for most computers and phones."),
        Of("p015", "27-inch Monitor", "Displays", 32_900, 6_300, 9, "A 4K display with USB-C power."),
        Of("p016", "34-inch Ultrawide Monitor", "Displays", 54_900, 8_700, 2, "A curved display for wide timelines."),
        Of("p017", "Portable Monitor", "Displays", 19_900, 850, 14, "A 15-inch second display for travel."),
        Of("p018", "Monitor Arm", "Displays", 8_900, 3_400, 20, "Holds one display up to 9 kg."),
        Of("p019", "Headphones", "Audio", 19_900, 320, 25, "Wireless over-ear headphones with noise cancelling."),
        Of("p020", "Earbuds", "Audio", 8_900, 60, 48, "Small wireless earbuds with a charging case."),
        Of("p021", "Headset", "Audio", 7_900, 240, 33, "A wired headset with a clear microphone for calls."),
        Of("p022", "Bluetooth Speaker", "Audio", 5_900, 680, 0, "A waterproof speaker for 12 hours of music."),
        Of("p023", "USB Microphone", "Audio", 11_900, 740, 11, "A desk microphone for podcasts and meetings."),
        Of("p024", "Portable SSD 1 TB", "Storage", 10_900, 70, 36, "A fast pocket drive with USB-C."),
        Of("p025", "Hard Drive 4 TB", "Storage", 11_900, 250, 16, "An external drive for backups."),
        Of("p026", "Memory Card 256 GB", "Storage", 3_299, 10, 90, "For cameras, tablets and phones."),
        Of("p027", "Wi-Fi Router", "Networking", 14_900, 780, 13, "Wi-Fi 6 for a whole flat."),
        Of("p028", "Network Switch", "Networking", 4_900, 540, 21, "Eight gigabit ports, no fan."),
        Of("p029", "Smartphone", "Phones", 64_900, 190, 10, "A 6-inch phone with two days of battery."),
        Of("p030", "Phone Case", "Phones", 1_999, 45, 120, "A slim case that survives falls."),
    ];

    public static IReadOnlyList<Customer> Customers() =>
    [
        new() { Id = "CUST001", Name = "Alice Johnson", Country = "US" },
        new() { Id = "CUST002", Name = "Bob Martin", Country = "US", IsPremium = true },
        new() { Id = "CUST003", Name = "Carla Rossi", Country = "IT" },
        new() { Id = "CUST004", Name = "Daniel Weber", Country = "DE", IsPremium = true },
        new() { Id = "CUST005", Name = "Emma Wilson", Country = "GB" },
        new() { Id = "CUST006", Name = "Farid Haddad", Country = "FR" },
        new() { Id = "CUST007", Name = "Grace Kim", Country = "KR", IsPremium = true },
        new() { Id = "CUST008", Name = "Hugo Silva", Country = "BR", IsActive = false },
    ];

    private static Product Of(string id, string name, string category, long cents, int grams, int stock, string description) =>
        new() { Id = id, Name = name, Category = category, PriceCents = cents, WeightGrams = grams, Stock = stock, Description = description };
}
